select
    {{ person_key('person_id') }} as person_key,
    person_id,
    fravaer_kode as absence_code,
    startdato as start_date,
    slutdato as end_date
from {{ source('raw', 'tass_fravaer') }}
