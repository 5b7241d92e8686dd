-- Grain: person x measured month x group x absence (fravær) in the window that exempts nothing in it. Rules: E-01.
-- Dead periods are told elsewhere. Where the code is listed for the group, then for the visitation categories of the list.
with known_absences as ({{ known_rows(ref('stg_tass__absences')) }}),

listed_codes as (
    select
        codes.benefit_group,
        codes.absence_code,
        any_value(codes.absence_name_da) as absence_name_da,
        string_agg(codes.visitation_category, ', ' order by codes.visitation_category) as visitation_category,
        string_agg(categories.name_da, ', ' order by codes.visitation_category) as categories_da,
        string_agg(categories.name_en, ', ' order by codes.visitation_category) as categories_en
    from {{ rules('exemption_codes') }} as codes
    left join {{ ref('code_names') }} as categories
        on categories.code_list = 'visitation_category' and codes.visitation_category = categories.code
    group by codes.benefit_group, codes.absence_code
),

final as (
    select
        {{ month_columns('months') }},
        months.clock_unit,
        absences.absence_code,
        coalesce(listed_codes.absence_name_da, '') as absence_name_da,
        listed_codes.visitation_category,
        listed_codes.categories_da,
        listed_codes.categories_en,
        greatest(absences.start_date, months.window_start_date) as from_date,
        least(absences.end_date, months.measurement_date) as to_date,
        listed_codes.absence_code is not null as is_listed
    from {{ ref('int_explained_months') }} as months
    inner join known_absences as absences
        on
            months.person_id = absences.person_id
            and months.measurement_date >= absences.start_date
            and months.window_start_date <= absences.end_date
    left join {{ ref('int_exempt_pieces') }} as pieces
        on
            months.person_id = pieces.person_id
            and months.benefit_group = pieces.benefit_group
            and absences.absence_code = pieces.absence_code
            and absences.start_date = pieces.absence_start_date
            and months.measurement_date >= pieces.start_date
            and months.window_start_date <= pieces.end_date
    left join {{ ref('dead_absence_codes') }} as dead_codes on absences.absence_code = dead_codes.absence_code
    left join listed_codes
        on months.benefit_group = listed_codes.benefit_group and absences.absence_code = listed_codes.absence_code
    where months.is_measured and pieces.person_id is null and dead_codes.absence_code is null
)

select * from final
