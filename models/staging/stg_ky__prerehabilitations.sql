select
    {{ person_key('person_id') }} as person_key,
    person_id,
    startdato as start_date,
    slutdato as end_date
from {{ source('raw', 'ky_forrevalidering') }}
