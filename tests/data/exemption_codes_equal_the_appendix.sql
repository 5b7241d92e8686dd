-- Rules: D-01, E-01, I-12. Source: 001, Bilagstabeller.
-- The exemption codes of each group and category in version 1.73 are those of its appendix tables; 65 is in none, nor are the
-- dead codes.
with listed as (
    select benefit_group, visitation_category, string_agg(absence_code, ' ' order by cast(absence_code as integer)) as codes
    from {{ rules_by_version('exemption_codes') }}
    where method_version = '1.73'
    group by benefit_group, visitation_category
),

dead as (
    select string_agg(absence_code, ' ' order by absence_code) as codes
    from {{ ref('dead_absence_codes') }}
),

final as (
    select benefit_group, visitation_category, codes
    from listed
    where
        codes is distinct from case concat_ws(' ', benefit_group, visitation_category)
            when 'a_dagpenge ALL' then '2 3 4 10 11 23 24 43 44 45 46 66 70 71 72 73 77 78 79'
            when 'sygedagpenge ALL' then '3 53 70'
            when 'kontanthjaelp ALL' then '3 4 6 7 10 43 44 45 46 47 50 70 71 72 73 76 77 78 79'
            when 'kontanthjaelp JOBPARAT' then '2'
            when 'uddannelseshjaelp ALL' then '3 4 6 7 10 45 46 47 50 70 71 72 73 76 78 79'
            when 'uddannelseshjaelp AABENLYS_UDDANNELSESPARAT' then '2'
            when 'overgangsydelse ALL' then '3 4 6 7 10 45 46 50 70 71 72 73 76 78 79'
            when 'overgangsydelse JOBPARAT' then '2 43 44 77'
            when 'overgangsydelse AABENLYS_UDDANNELSESPARAT' then '2 43 44 77'
            when 'revalidering ALL' then '3 4 10 16 46 47 50 70 71 72 77 78 79'
            when 'ressourceforloeb ALL' then '3 4 10 43 44 46 47 50 70 71 72 73 76 77 78 79'
            when 'jobafklaring ALL' then '3 4 10 43 44 45 46 47 50 70 71 72 73 76 77 78 79'
            when 'ledighedsydelse ALL' then '3 4 10 23 24 43 44 45 46 47 70 71 72 73 77 78 79'
        end
    union all
    select 'dead' as benefit_group, 'ALL' as visitation_category, codes
    from dead
    where codes is distinct from '8 OPFOELGNING_UDEN_KONTAKT'
    union all
    select 'thirteen lists' as benefit_group, 'ALL' as visitation_category, cast(count(*) as varchar) as codes
    from listed
    having count(*) <> 13
)

select * from final
