-- Grain: person x measured month x benefit without a person-month. Rules: B-01 to B-07, M-02, M-03, S-03.
-- Months with a register row or a benefit day: the spell M-02 picks, if any, and the sentence that says why it is not measured.
with mentions as (
    select person_id, benefit, start_date, end_date, false as is_benefit_day
    from {{ ref('int_register_rows') }}
    union all
    select person_id, benefit, start_date, end_date, true as is_benefit_day
    from {{ with_person_id(ref('int_benefit_intervals')) }}
),

measured_period as (
    select min(measure_month) as first_month, max(month_end) as last_day
    from {{ ref('int_months') }}
    having count(*) > 0
),

mention_months as (
    select
        mentions.person_id,
        mentions.benefit,
        mentions.is_benefit_day,
        {{ unnest_months(
            'greatest(mentions.start_date, measured_period.first_month)',
            'least(coalesce(mentions.end_date, mentions.start_date), measured_period.last_day)'
        ) }} as measure_month
    from mentions
    cross join measured_period
    where
        mentions.start_date <= measured_period.last_day
        and coalesce(mentions.end_date, mentions.start_date) >= measured_period.first_month
),

months as (
    select person_id, benefit, measure_month, bool_or(is_benefit_day) as has_benefit_days
    from mention_months
    group by person_id, benefit, measure_month
),

final as (
    select
        months.person_id,
        months.measure_month,
        months.benefit as benefit_group,
        choices.spell_key,
        choices.measurement_date,
        case
            when not benefits.is_measured then 'benefit_not_measured'
            when choices.spell_key is not null and persons.birth_date is null then 'no_birth_date'
            when choices.measurement_date < persons.measured_from then 'too_young'
            when choices.measurement_date > persons.measured_until then 'too_old'
            when choices.spell_key is not null then 'dead_all_month'
            when months.has_benefit_days then 'outside_dagpenge_period'
            else 'no_benefit_days'
        end as sentence
    from months
    inner join {{ ref('int_persons') }} as persons on months.person_id = persons.person_id
    inner join {{ ref('benefits') }} as benefits on months.benefit = benefits.benefit
    left join {{ ref('int_spell_month_choices') }} as choices
        on
            months.person_id = choices.person_id
            and months.benefit = choices.benefit_group
            and months.measure_month = choices.measure_month
            and choices.is_chosen
    left join {{ with_person_id(ref('int_spell_months')) }} as measured_months
        on
            months.person_id = measured_months.person_id
            and months.measure_month = measured_months.measure_month
            and months.benefit = measured_months.benefit_group
    where measured_months.person_id is null
)

select * from final
