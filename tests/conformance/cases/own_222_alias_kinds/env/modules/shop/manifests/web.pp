define shop::web(Shop::Tree $tree, Shop::Entry $entry, Shop::Word $word) { }
Shop::Web produces Cap { host => $tree, port => $entry['port'] }
