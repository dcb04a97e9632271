define shop::web() { }
shop::web produces cap { }
