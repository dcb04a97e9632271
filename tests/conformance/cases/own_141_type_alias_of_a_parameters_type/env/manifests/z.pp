type Sql = String
