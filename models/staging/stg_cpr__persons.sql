select
    {{ person_key('person_id') }} as person_key,
    person_id,
    foedselsdato as birth_date
from {{ source('raw', 'cpr_personer') }}
