select
    tilbud_id as offer_id,
    {{ person_key('person_id') }} as person_key,
    person_id,
    tilbudstype as offer_type,
    kursus_id as course_id,
    lab_paragraf as law_paragraph,
    bevillingsramme as grant_frame,
    forsoergelsesydelse as raw_benefit_code,
    startdato as start_date,
    slutdato as end_date,
    kommunekode as municipality_code
from {{ source('raw', 'plan_tilbud') }}
