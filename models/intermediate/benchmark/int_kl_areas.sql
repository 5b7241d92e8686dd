-- Grain: municipality code seen on a member or a person-month x area it is counted in. Rules: K-01, M-04.
with codes as (
    select municipality_code from {{ ref('int_kl_member_cells') }}
    union
    select municipality_code from {{ ref('int_areas') }}
),

final as ({{ areas_of('codes') }})

select * from final
