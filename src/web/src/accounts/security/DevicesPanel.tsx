import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../../parts/Button';
import { DataTable } from '../../parts/DataTable';
import { Instant } from '../../parts/Instant';
import { Panel } from '../../parts/Panel';
import table from '../../parts/Table.module.css';
import css from '../profile/Profile.module.css';

export function DevicesPanel() {
  const { security } = useTexts().accounts;
  const cache = useQueryClient();
  const { data } = useQuery({
    queryKey: ['account', 'devices'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account/devices', { signal })),
  });
  const forget = async (id: number) => {
    await unwrap(api.DELETE('/api/v1/account/devices/{id}', { params: { path: { id } } }));
    await cache.invalidateQueries({ queryKey: ['account', 'devices'] });
  };
  return (
    <Panel title={security.devices} note={security.devicesHint}>
      {data?.length === 0 ? (
        <p className={`${css['body']} ${css['text']}`}>{security.noDevices}</p>
      ) : (
        <DataTable isTall>
          <tbody>
            {data?.map((device) => (
              <tr key={device.id}>
                <th scope="row" className={table['wide']}>
                  {device.browser}
                  <span className={table['under']}>{device.address}</span>
                </th>
                <td className={table['quiet']}>
                  {device.trustedUntil === null ? (
                    security.notTrusted
                  ) : (
                    <>
                      {security.trustedUntil} <Instant at={device.trustedUntil} />
                    </>
                  )}
                </td>
                <td className={table['number']}>
                  <Button
                    kind="link"
                    aria-label={security.forgetOf(device.browser)}
                    onClick={() => void forget(device.id)}
                  >
                    {security.forget}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
    </Panel>
  );
}
