select
    {{ person_key('person_id') }} as person_key,
    visitationskategori as visitation_category,
    startdato as start_date,
    slutdato as end_date
from {{ source('raw', 'tass_visitation') }}
