type S = Struct[{b => Integer}]
$x = S ? { Integer => 1 }
