-- Grain: municipality code in the person-months x area it is counted in. Rules: M-04.
with codes as (
    select distinct municipality_code
    from {{ ref('int_person_months') }}
),

final as ({{ areas_of('codes') }})

select * from final
