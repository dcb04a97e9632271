define shop::web(Shop::Web $x = 'a') { }
Shop::Web produces Cap { }
