select
    {{ person_key('person_id') }} as person_key,
    kommunekode as municipality_code,
    fra_dato as start_date,
    til_dato as end_date
from {{ source('raw', 'cpr_bopael') }}
