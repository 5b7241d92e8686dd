select
    {{ person_key('person_id') }} as person_key,
    person_id,
    ydelseskode as raw_benefit_code,
    periode_start as start_date,
    periode_slut as end_date,
    kommunekode as municipality_code
from {{ source('raw', 'ky_udbetalinger') }}
