-- Grain: person x stretch of residence in one municipality. Rules: M-04.
with known as ({{ known_rows(ref('stg_cpr__residences')) }}),

final as ({{ latest_holds('known', 'municipality_code') }})

select * from final
