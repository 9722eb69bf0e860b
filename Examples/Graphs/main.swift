print(energy([0.5, -1.25, 2, 0.75]))
