select person_id, foerste_fravaersdag, sidste_fravaersdag, kommunekode
from sickness_spell
where coalesce(sidste_fravaersdag, date '2024-12-31') > kmd_sickness_until or foerste_fravaersdag > kmd_sickness_until
order by person_no, foerste_fravaersdag, sidste_fravaersdag, kommunekode
