int c_twice(int value);
