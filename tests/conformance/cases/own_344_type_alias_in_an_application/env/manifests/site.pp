application a() { type T = Integer }
