-- Grain: person x stretch of one visitation category. Rules: E-01, O-05, K-01.
with known as ({{ known_rows(ref('stg_tass__visitations')) }}),

final as ({{ latest_holds('known', 'visitation_category') }})

select * from final
