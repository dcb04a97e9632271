define shop::web() { }
Shop::Web produces Cap { }
