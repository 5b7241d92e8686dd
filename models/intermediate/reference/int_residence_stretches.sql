-- Grain: person x stretch of residence in one municipality. Rules: M-04.
with known as ({{ known_rows(ref('stg_cpr__residences')) }}),

stretches as ({{ latest_holds('known', 'municipality_code') }}),

final as (
    select
        person_key,
        start_date,
        end_date,
        {{ code('municipality_code', 'municipality_code') }} as municipality_code
    from stretches
)

select * from final
