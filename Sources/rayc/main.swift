print("rayc")
