-- Rules: C-08, E-01, O-04.
-- Rows of earlier versions of the method: codes 77 to 79 hold from the version that brought them and 65 to the one before it
-- went; the trial in Nordjylland before 1.5 is that of 1.5 but for its end; guidance before the notat qualifies by O-04.
with misdated_codes as (
    select absence_code as code, concat_ws(' ', benefit_group, visitation_category, method_from, method_to) as detail
    from {{ ref('exemption_codes') }}
    where
        method_from is distinct from case absence_code when '77' then '1.2' when '78' then '1.1' when '79' then '1.1' end
        or method_to is distinct from case absence_code when '65' then '1.71' end
),

earlier_trials as (
    select municipality_code, contact_form, valid_from, valid_to
    from {{ ref('trial_municipalities') }}
    where method_to is not null
),

expected_trials as (
    select municipality_code, contact_form, valid_from, date '2022-12-31' as valid_to
    from {{ ref('trial_municipalities') }}
    where method_from = '1.5'
),

differing_trials as (
    (
        select * from earlier_trials
        except
        select * from expected_trials
    )
    union all
    (
        select * from expected_trials
        except
        select * from earlier_trials
    )
),

earlier_verdicts as (
    select verdict, is_qualifying, needs_seven_months, rule_id
    from {{ ref('offer_verdicts') }}
    where method_to is not null
),

expected_verdicts (verdict, is_qualifying, needs_seven_months, rule_id) as (
    values ('started_before_2023', true, false, 'O-04')
),

differing_verdicts as (
    (
        select * from earlier_verdicts
        except
        select * from expected_verdicts
    )
    union all
    (
        select * from expected_verdicts
        except
        select * from earlier_verdicts
    )
),

final as (
    select code, detail from misdated_codes
    union all
    select municipality_code as code, concat_ws(' ', contact_form, valid_from, valid_to) as detail from differing_trials
    union all
    select verdict as code, concat_ws(' ', is_qualifying, needs_seven_months, rule_id) as detail from differing_verdicts
)

select * from final
