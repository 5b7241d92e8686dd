-- Grain: pattern x row. Rules: M-05.
-- Person-months that differ between the builds in the same way, put together: the rows of both builds and in how many
-- persons they are found, apart for persons with new data. The rows of a build are in the order in which M-05 chooses.
with ordered_rows as (
    select
        moved_rows.person_key,
        moved_rows.measure_month,
        {
            'build': moved_rows.build,
            'benefit_group': moved_rows.benefit_group,
            'municipality_code': moved_rows.municipality_code,
            'duration_interval': moved_rows.duration_interval,
            'conversation_state': moved_rows.conversation_state,
            'offer_state': moved_rows.offer_state,
            'choice': row_number() over (
                partition by moved_rows.build, moved_rows.person_key, moved_rows.measure_month
                order by moved_rows.measurement_date desc, benefits.sort_order asc
            )
        } as month_row
    from {{ ref('int_moved_person_months') }} as moved_rows
    inner join {{ ref('benefits') }} as benefits on moved_rows.benefit_group = benefits.benefit
),

person_months as (
    select
        person_key,
        measure_month,
        list(month_row order by month_row) as month_rows
    from ordered_rows
    group by person_key, measure_month
),

patterns as (
    select
        person_months.measure_month,
        person_months.month_rows,
        persons.is_new_data,
        count(*) as persons
    from person_months
    inner join {{ ref('int_compared_persons') }} as persons on person_months.person_key = persons.person_key
    group by person_months.measure_month, person_months.month_rows, persons.is_new_data
),

numbered_patterns as (
    select
        *,
        row_number() over (order by measure_month, is_new_data, month_rows) as pattern_number,
        len(month_rows) = 2
        and month_rows[1].build <> month_rows[2].build
        and month_rows[1].benefit_group = month_rows[2].benefit_group
        and month_rows[1].municipality_code = month_rows[2].municipality_code
        and month_rows[1].duration_interval = month_rows[2].duration_interval as is_in_place
    from patterns
),

numbered_rows as (
    select
        *,
        unnest(month_rows) as month_row
    from numbered_patterns
),

final as (
    select
        numbered_rows.pattern_number,
        numbered_rows.measure_month,
        numbered_rows.is_new_data,
        numbered_rows.persons,
        numbered_rows.is_in_place,
        numbered_rows.month_row.build,
        numbered_rows.month_row.benefit_group,
        numbered_rows.month_row.municipality_code,
        numbered_rows.month_row.duration_interval,
        numbered_rows.month_row.conversation_state,
        numbered_rows.month_row.offer_state,
        numbered_rows.month_row.choice
    from numbered_rows
)

select * from final
