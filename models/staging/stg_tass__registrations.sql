select
    {{ person_key('person_id') }} as person_key,
    henvendelsesdato as registration_date
from {{ source('raw', 'tass_tilmeldinger') }}
