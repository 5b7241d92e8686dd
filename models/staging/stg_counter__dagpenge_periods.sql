select
    {{ person_key('person_id') }} as person_key,
    person_id,
    foerste_dag as first_day,
    sidste_dag as last_day
from {{ source('raw', 'taeller_dagpengeperioder') }}
