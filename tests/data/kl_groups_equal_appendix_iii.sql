-- Rules: K-01, K-02. Source: 003, Kapitel 4 and Bilag III.
-- The benefits, categories and ages of each target group, and the conversations each asks for, are those of the report.
with target_groups (target_group, visitation_category, below_age, benefits) as (
    values
    (
        'all', 'ALL', null,
        'a_dagpenge fleksjob foertidspension jobafklaring kontanthjaelp ledighedsydelse overgangsydelse '
        || 'overgangsydelse_i_program ressourceforloeb revalidering sygedagpenge uddannelseshjaelp'
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
    select
        'kl_target_groups' as seed,
        target_group,
        unnest(string_split(benefits, ' ')) as code,
        visitation_category as detail,
        below_age as number
    from target_groups
),

intensity_groups as (
    select *, unnest(string_split(target_groups, ' ')) as target_group
    from intensity
),

expected_intensity as (
    select
        'kl_conversation_intensity' as seed,
        target_group,
        unnest(string_split(duration_intervals, ' ')) as code,
        required_conversations || ' conversations' as detail,
        look_back_days as number
    from intensity_groups
),

expected as (
    select * from expected_groups
    union all
    select * from expected_intensity
),

given_rows as (
    select 'kl_target_groups' as seed, target_group, benefit as code, visitation_category as detail, below_age as number
    from {{ ref('kl_target_groups') }}
    union all
    select
        'kl_conversation_intensity' as seed,
        target_group,
        duration_interval as code,
        required_conversations || ' conversations' as detail,
        look_back_days as number
    from {{ ref('kl_conversation_intensity') }}
),

missing as (
    select * from expected
    except all
    select * from given_rows
),

surplus as (
    select * from given_rows
    except all
    select * from expected
),

final as (
    select 'missing' as found, missing.* from missing
    union all
    select 'surplus' as found, surplus.* from surplus
)

select * from final
