select
    'RAM' as register,
    {{ person_key('person_id') }} as person_key,
    person_id,
    ydelsestype as payment_type,
    periode_start as start_date,
    periode_slut as end_date,
    cast(timer * 100 as bigint) as hundredths,
    forsikringsart as insurance_form,
    arbejdsfordeling as is_work_sharing
from {{ source('raw', 'ram_udbetalinger') }}
