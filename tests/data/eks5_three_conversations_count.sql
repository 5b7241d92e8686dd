-- Rules: C-04, C-09. Source: 000, Eks. 5. Measured so from version 1.6.
-- Of four conversations three count: the telephone conversation of 9 January 2023 does not, that of 31 March does.
with wrong_decisions as (
    select conversation_date as on_date, rule_id as found
    from {{ ref('fct_conversation_decisions') }}
    where
        {{ is_built_from('1.6') }}
        and person_id = 'EKS5'
        and (is_admitted, rule_id) <> case conversation_date
            when date '2022-12-20' then (true, 'C-04')
            when date '2023-01-09' then (false, 'C-04')
            when date '2023-02-20' then (true, 'C-04')
            when date '2023-03-31' then (true, 'C-09')
        end
),

wrong_months as (
    select measurement_date as on_date, cast(conversations as varchar) as found
    from {{ ref('fct_person_months') }}
    where
        {{ is_built_from('1.6') }}
        and person_id = 'EKS5'
        and conversations <> case measurement_date
            when date '2022-12-31' then 1
            when date '2023-01-31' then 1
            when date '2023-02-28' then 2
            when date '2023-03-31' then 3
        end
),

final as (
    select * from wrong_decisions
    union all
    select * from wrong_months
)

select * from final
