select
    {{ person_key('person_id') }} as person_key,
    startdato as start_date,
    slutdato as end_date
from {{ source('raw', 'tass_mii') }}
