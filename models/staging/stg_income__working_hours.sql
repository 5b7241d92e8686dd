select
    {{ person_key('person_id') }} as person_key,
    person_id,
    periode_start as start_date,
    periode_slut as end_date,
    cast(loentimer * 100 as bigint) as hundredths
from {{ source('raw', 'eindkomst_loentimer') }}
