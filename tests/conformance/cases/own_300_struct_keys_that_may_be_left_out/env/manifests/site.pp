type Maybe = Optional[String]
type Named = Struct[{name => Maybe, size => Variant[Undef, Integer]}]
type Tree = Struct[{value => Integer, left => Optional[Tree]}]
define p(Any $v0 = 0, Any $v1 = 0, Any $v2 = 0, Any $v3 = 0, Any $v4 = 0, Any $v5 = 0, Any $v6 = 0) { }
P produces Sql { }
application a() {
  p { 'p':
    v0 => {} =~ Struct[{a => Any}],
    v1 => {} =~ Struct[{a => Variant[Undef, String]}],
    v2 => {} =~ Struct[{a => Data}],
    v3 => {} =~ Struct[{a => NotUndef}],
    v4 => {} =~ Named,
    v5 => {value => 1} =~ Tree,
    v6 => "${Struct[{a => Any}]} ${Struct[{a => Variant[Undef, String]}]} ${Struct[{NotUndef[a] => Any}]}",
    export => Sql['s'],
  }
}
site { a { 'i': nodes => { Node['n1'] => P['p'] } } }
