site { create_resources('::m::app', {'j' => {nodes => {}}}) }
