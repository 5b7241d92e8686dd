-- Rules: C-09. Source: 000, Eks. 6. Measured so from version 1.6.
-- Of three telephone conversations two count: the first of the spell must be personal, the later ones need not be.
with wrong_decisions as (
    select conversation_date as on_date, rule_id as found
    from {{ ref('fct_conversation_decisions') }}
    where
        {{ is_built_from('1.6') }}
        and person_id = 'EKS6'
        and (is_admitted, rule_id) <> case conversation_date
            when date '2023-04-18' then (false, 'C-09')
            when date '2023-04-26' then (true, 'C-09')
            when date '2023-05-10' then (true, 'C-09')
        end
),

wrong_months as (
    select measurement_date as on_date, cast(conversations as varchar) as found
    from {{ ref('fct_person_months') }}
    where
        {{ is_built_from('1.6') }}
        and person_id = 'EKS6'
        and conversations <> case measurement_date
            when date '2023-03-31' then 0
            when date '2023-04-30' then 1
            when date '2023-05-31' then 2
        end
),

final as (
    select * from wrong_decisions
    union all
    select * from wrong_months
)

select * from final
