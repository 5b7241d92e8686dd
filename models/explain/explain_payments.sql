-- Grain: person x measured month x benefit x run of like register rows. Rules: B-01 to B-04, T-03.
-- The rows the spell is built from, and those that give nothing, since the group's spell before it; rows that follow each
-- other day by day are one run.
with register_rows as (
    select
        person_id,
        register,
        benefit,
        insurance_form,
        sentence,
        start_date,
        coalesce(end_date, start_date) as end_date,
        hundredths
    from {{ ref('int_register_rows') }}
    union all
    select
        person_id,
        'PLANDATA' as register,
        'a_dagpenge' as benefit,
        null as insurance_form,
        'wage_subsidy_hours' as sentence,
        start_date,
        end_date,
        {{ row_hundredths_between('hour_rows', 'hour_rows.start_date', 'hour_rows.end_date', 'weekdays_through') }} as hundredths
    from {{ with_person_id(ref('int_wage_subsidy_hour_rows')) }} as hour_rows
),

month_rows as (
    select
        {{ month_columns('months') }},
        register_rows.register,
        register_rows.insurance_form,
        register_rows.sentence,
        register_rows.start_date,
        register_rows.end_date,
        register_rows.hundredths
    from {{ ref('int_explained_months') }} as months
    inner join register_rows
        on
            months.person_id = register_rows.person_id
            and months.benefit_group = register_rows.benefit
            and months.month_end >= register_rows.start_date
            and months.explained_from <= register_rows.end_date
),

begun_runs as (
    select
        *,
        coalesce(start_date > max(end_date) over (
            partition by person_id, measure_month, benefit_group, register, insurance_form, sentence
            order by start_date, end_date rows between unbounded preceding and 1 preceding
        ) + 1, true) as begins_run
    from month_rows
),

numbered_runs as (
    select
        *,
        sum(cast(begins_run as integer)) over (
            partition by person_id, measure_month, benefit_group, register, insurance_form, sentence
            order by start_date, end_date rows between unbounded preceding and current row
        ) as run
    from begun_runs
),

runs as (
    select
        person_id,
        measure_month,
        benefit_group,
        spell_id,
        register,
        insurance_form,
        sentence as payment,
        min(start_date) as from_date,
        max(end_date) as to_date,
        cast(count(*) as integer) as register_rows,
        {{ as_hours('sum(hundredths)') }} as paid_hours
    from numbered_runs
    group by person_id, measure_month, benefit_group, spell_id, register, insurance_form, sentence, run
),

final as (
    select
        runs.*,
        coalesce(runs.paid_hours, cast(runs.to_date - runs.from_date + 1 as decimal(12, 2))) as amount,
        case when runs.paid_hours is null then 'days' else 'hours' end as unit,
        runs.payment in ('payment', 'sickness_row', 'hours_paid', 'wage_subsidy', 'wage_subsidy_hours') as is_counted,
        {{ told([
            named('registers'),
            count_text('runs.register_rows', {'da': 'række', 'en': 'row'}, {'da': 'rækker', 'en': 'rows'}),
            number_text('runs.paid_hours'), named('forms'), named('benefits'),
            days_text('runs.to_date - runs.from_date + 1'),
        ]) }}
    from runs
    inner join {{ ref('code_names') }} as registers on registers.code_list = 'register' and runs.register = registers.code
    left join {{ ref('code_names') }} as forms on forms.code_list = 'insurance_form' and runs.insurance_form = forms.code
    inner join {{ ref('benefits') }} as benefits on runs.benefit_group = benefits.benefit
    left join {{ ref('explanation_sentences') }} as sentences on runs.payment = sentences.sentence
)

select * from final
