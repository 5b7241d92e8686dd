select
    {{ person_key('person_id') }} as person_key,
    person_id,
    foerste_fravaersdag as start_date,
    sidste_fravaersdag as end_date,
    kommunekode as municipality_code
from {{ source('raw', 'kmd_sygedagpenge') }}
