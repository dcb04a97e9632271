define shop::web(Integer $port) { }
Shop::Web produces Cap { }
