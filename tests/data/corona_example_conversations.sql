-- Rules: C-03, C-07. Source: 001, Hvordan beregnes ydelsesvarighed: kontanthjælp 1 January 2019 - 31 December 2020.
-- Two conversations count in May 2020 and in December; that of 12 March 2020 never counts, that of 2 June from June.
with person_months as (
    select spell_id, measure_month, measurement_date, conversations
    from {{ ref('fct_person_months') }}
    where person_id = 'CORONA' and measurement_date in (date '2020-05-31', date '2020-06-30', date '2020-12-31')
),

judged as (
    select
        person_months.measurement_date,
        decisions.conversation_date,
        coalesce(
            person_months.measure_month between decisions.counts_from_month and decisions.counts_to_month, false
        ) as counts
    from person_months
    inner join {{ ref('fct_conversation_decisions') }} as decisions on person_months.spell_id = decisions.spell_id
),

wrong_conversations as (
    select measurement_date, conversation_date
    from judged
    where
        counts <> case conversation_date
            when date '2019-06-19' then measurement_date < date '2020-12-31'
            when date '2020-01-10' then true
            when date '2020-03-12' then false
            when date '2020-06-02' then measurement_date >= date '2020-06-30'
        end
),

wrong_counts as (
    select measurement_date, cast(null as date) as conversation_date
    from person_months
    where conversations <> case measurement_date when date '2020-06-30' then 3 else 2 end
),

final as (
    select * from wrong_conversations
    union all
    select * from wrong_counts
)

select * from final
