-- Rules: K-01, K-02. Source: 003, Kapitel 4 and Bilag III.
-- The benefits, categories and ages of each target group, and the conversations each asks for, are those of the report.
with target_groups (target_group, visitation_category, below_age, benefits) as (
    values
    (
        'all', 'ALL', null,
        'a_dagpenge fleksjob foertidspension jobafklaring kontanthjaelp ledighedsydelse overgangsydelse overgangsydelse_i_program '
        || 'ressourceforloeb revalidering sygedagpenge uddannelseshjaelp'
    ),
    ('at_risk', 'ALL', null, 'fleksjob foertidspension ledighedsydelse ressourceforloeb'),
    ('combined', 'AKTIVITETSPARAT', null, 'kontanthjaelp overgangsydelse overgangsydelse_i_program'),
    ('combined', 'ALL', null, 'jobafklaring'),
    ('insured', 'ALL', null, 'a_dagpenge'),
    ('under_30', 'ALL', 30, 'kontanthjaelp overgangsydelse overgangsydelse_i_program uddannelseshjaelp'),
    ('uninsured', 'JOBPARAT', null, 'kontanthjaelp overgangsydelse overgangsydelse_i_program')
),

intensity (target_groups, duration_intervals, required_conversations, look_back_days) as (
    values
    ('all combined under_30 uninsured', 'y01_02 y03_05 y06_09 y10_plus', 4, null),
    ('insured', 'm03 m04 m05', 2, 83)
),

expected_groups as (
    select target_group, unnest(string_split(benefits, ' ')) as benefit, visitation_category, below_age
    from target_groups
),

intensity_groups as (
    select unnest(string_split(target_groups, ' ')) as target_group, duration_intervals, required_conversations, look_back_days
    from intensity
),

expected_intensity as (
    select target_group, unnest(string_split(duration_intervals, ' ')) as duration_interval, required_conversations, look_back_days
    from intensity_groups
),

given_groups as (
    select target_group, benefit, visitation_category, below_age from {{ ref('kl_target_groups') }}
),

given_intensity as (
    select target_group, duration_interval, required_conversations, look_back_days
    from {{ ref('kl_conversation_intensity') }}
),

final as (
    select 'missing' as found, to_json(missing) as seed_row from (from expected_groups except all from given_groups) as missing
    union all
    select 'surplus' as found, to_json(surplus) as seed_row from (from given_groups except all from expected_groups) as surplus
    union all
    select 'missing' as found, to_json(missing) as seed_row from (from expected_intensity except all from given_intensity) as missing
    union all
    select 'surplus' as found, to_json(surplus) as seed_row from (from given_intensity except all from expected_intensity) as surplus
)

select * from final
