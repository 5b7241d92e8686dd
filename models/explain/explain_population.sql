-- Grain: person x measured month x benefit with a register row or a benefit day. Rules: B-01, B-02, B-07, M-01, M-02, M-03, S-03.
-- Whether the person is measured on the benefit in the month, and if not, why.
with final as (
    select
        {{ month_columns('months') }},
        months.is_measured,
        months.measurement_date,
        persons.birth_date,
        persons.measured_from,
        persons.measured_until,
        months.measurement_date as from_date,
        cast(null as date) as to_date,
        cast(null as decimal(12, 2)) as amount,
        cast(null as varchar) as unit,
        months.is_measured as is_counted,
        {{ told([
            named('benefits'), 'months.measurement_date', 'persons.birth_date', 'persons.measured_from', 'persons.measured_until',
            'months.measure_month',
        ]) }}
    from {{ ref('int_explained_months') }} as months
    inner join {{ ref('int_persons') }} as persons on months.person_id = persons.person_id
    inner join {{ ref('benefits') }} as benefits on months.benefit_group = benefits.benefit
    left join {{ ref('explanation_sentences') }} as sentences on months.sentence = sentences.sentence
)

select * from final
