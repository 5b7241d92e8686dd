select
    samtale_id as conversation_id,
    {{ person_key('person_id') }} as person_key,
    person_id,
    samtaledato as conversation_date,
    samtaletype as conversation_type,
    kontaktform as contact_form,
    afholdt_af as held_by,
    status,
    kommunekode as municipality_code
from {{ source('raw', 'tass_samtaler') }}
