type R = Struct[{a => Integer}]
type S = Struct[{b => R}]
type L = Array[Variant[Integer, L]]
define p(Any $v0 = 0, Any $v1 = 0, Any $v2 = 0, Any $v3 = 0, Any $v4 = 0, Any $v5 = 0, Any $v6 = 0, Any $v7 = 0, Any $v8 = 0, Any $v9 = 0, Any $v10 = 0, Any $v11 = 0, Any $v12 = 0, Any $v13 = 0, Any $v14 = 0, Any $v15 = 0, Any $v16 = 0, Any $v17 = 0, Any $v18 = 0) { }
P produces Sql { }
application a() {
  p { 'p':
    v0 => "${R}",
    v1 => "${[R]}",
    v2 => "${Optional[R]}",
    v3 => "${S}",
    v4 => "${L}",
    v5 => "${Data} ${RichData}",
    v6 => String(R),
    v7 => String(S, '%p'),
    v8 => String([R], '%p'),
    v9 => sprintf('%s', R),
    v10 => "${type(R)}",
    v11 => "${Type[R]}",
    v12 => "${Array[L]}",
    v13 => R,
    v14 => [R],
    v15 => "${Puppet::LookupKey}",
    v16 => String(Array[Data]),
    v17 => "${Hash[String, Data]}",
    v18 => {a => Array[R]},
    export => Sql['s'],
  }
}
site { a { 'i': nodes => { Node['n1'] => P['p'] } } }
