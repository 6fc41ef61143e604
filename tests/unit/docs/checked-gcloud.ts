/**
 * Commands of gcloud with the options that the documents use, after its reference (cloud.google.com/sdk/gcloud/reference,
 * 2026-11). gcloud is not installed where tests run: whoever adds a command here has looked it up there.
 */
const EVERYWHERE = ['--format', '--filter', '--project'];

const checked = (commands: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(Object.entries(commands).map(([name, options]) => [name, [...options, ...EVERYWHERE]]));

export const CHECKED_GCLOUD = checked({
  'auth login': [],
  'auth application-default login': [],
  'config set': [],
  'billing projects link': ['--billing-account'],
  'billing budgets create': ['--billing-account', '--display-name', '--budget-amount', '--filter-projects', '--threshold-rule'],
  'services enable': [],
  'iam service-accounts create': ['--display-name'],
  'iam service-accounts add-iam-policy-binding': ['--role', '--member'],
  'projects add-iam-policy-binding': ['--member', '--role', '--condition'],
  'compute networks create': ['--subnet-mode'],
  'compute networks subnets create': ['--network', '--region', '--range', '--enable-private-ip-google-access'],
  'compute addresses create': ['--region'],
  'compute addresses describe': ['--region'],
  'compute routers create': ['--network', '--region'],
  'compute routers nats create': ['--router', '--region', '--nat-custom-subnet-ip-ranges', '--nat-external-ip-pool'],
  'beta monitoring channels create': ['--display-name', '--type', '--channel-labels'],
  'beta monitoring channels list': [],
  'logging metrics create': ['--config-from-file'],
  'monitoring policies create': ['--policy-from-file', '--notification-channels'],
  'monitoring policies list': [],
  'scheduler jobs pause': ['--location'],
  'scheduler jobs resume': ['--location'],
  'iam workload-identity-pools create': ['--location'],
  'iam workload-identity-pools providers create-oidc': ['--location', '--workload-identity-pool', '--issuer-uri', '--attribute-mapping', '--attribute-condition'],
});
