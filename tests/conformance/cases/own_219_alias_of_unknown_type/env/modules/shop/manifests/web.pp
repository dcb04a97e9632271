define shop::web(Shop::Port $port) { }
Shop::Web produces Cap { }
