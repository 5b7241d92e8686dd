-- Rules: O-04, O-06. Source: 000, Eks. 1, so from version notat-2023-03-22.
-- Two offers started before 22 March 2023 count to their ends; the one of May 2023 does not.
with offers as (
    select offer_id, start_date
    from {{ ref('stg_plan__offers') }}
    where person_id = 'EKS1'
),

final as (
    select offers.start_date, decisions.is_qualifying, decisions.rule_id
    from {{ ref('fct_offer_decisions') }} as decisions
    inner join offers on decisions.tilbud_id = offers.offer_id
    where
        {{ is_built_from('notat-2023-03-22') }}
        and (decisions.is_qualifying, decisions.rule_id) <> case offers.start_date
            when date '2022-12-01' then (true, 'O-04')
            when date '2023-03-01' then (true, 'O-04')
            when date '2023-05-01' then (false, 'O-06')
        end
)

select * from final
