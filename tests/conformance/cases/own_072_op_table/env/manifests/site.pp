define back($host) { }
Back produces Http { }
application farm { $r = [ 7 / 2, 7.0 / 2, 7 % 3, -7 % 3, -7 / 2, 1 << 4, 256 >> 2, 2 + 2.5, '5' + '5', '0x10' + 1, 'a' < 'B', 'A' == 'a', 'a' in 'cab', 'B' in ['a', 'b'], 1 in [1, 2], /b/ in ['abc'], 'abc' =~ /B/, 'abc' =~ /(?i:B)/, !true, true and false, undef == '', [1, 2] + [3], [1, 2] + { a => 1 }, { a => 1 } + { b => 2 }, [1, 2, 2] - [2], { a => 1, b => 2 } - ['a'], [1] << 2, 1 == 1.0, 'a' != 'A', 3 <= 3, - 5, *[1, 2], 1.0 == '1', Integer < Numeric, Integer[1,5] <= Integer ] back { 'p': host => $r, export => Http['h'] } }
site { farm { 'f': nodes => { Node['n1'] => Back['p'] } } }
